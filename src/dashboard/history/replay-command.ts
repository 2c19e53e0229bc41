/** How a shell is told to play a recording again; its name is quoted where the shell would take it apart. */
export const replayCommand = (file: string): string => `smart-roller --source replay --recording ${quoted(file)}`;

const quoted = (file: string): string => (/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`);
