import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { CUE_LETTERS, cueWord } from '../../guide/cue-marks.ts';
import { GROUPS } from '../../guide/groups.ts';
import type { KeptCue, KeptSession, Series } from '../../server/api/schemas.ts';
import { settings } from '../state/settings.ts';
import { sideText } from '../view/group-text.ts';
import { clockText, speedIn, SPEED_UNIT } from '../view/units.ts';
import { cuesOf, seriesOf } from './api.ts';
import { numberText } from './format.ts';
import { PlayFrom } from './play-again.tsx';
import { Problem } from './problem.tsx';
import { SpeedPlot } from './speed-plot.tsx';
import { judgedSpeeds, judgingOf, speedsOf, type Speeds } from './speed-series.ts';
import type { PlottedStretch } from './stretches.ts';
import { useAnswer } from './use-answer.ts';

/** Points that stand for more than this tell the fastest in them, of which no mean is made. */
const FINE_S = 0.15;

/** Speed over time against what it was judged by, with what was said. It has its height before it has its data. */
export function SpeedCard({ session }: { readonly session: KeptSession }): JSX.Element {
  const { id, file } = session;
  return (
    <section class="card wide">
      <h2>Speed over time</h2>
      {file === null ? <p>No recording was made: the plot cannot be drawn.</p> : <Loaded key={id} session={session} />}
    </section>
  );
}

function Loaded({ session: { id, summary } }: { readonly session: KeptSession }): JSX.Element {
  const series = useAnswer((signal) => seriesOf(id, signal), [id]);
  const cues = useAnswer((signal) => cuesOf(id, signal), [id]);
  if (series.problem !== null) return <div class="speed-space"><Problem problem={series.problem} again={series.again} /></div>;
  if (series.value === null) return <div class="speed-space" aria-busy="true"><p class="soft late">The recording is read, a long one takes some seconds</p></div>;
  const isSilent = series.value.tS.length === 0;
  if (!series.value.contact.includes(true)) return <p>{isSilent ? 'The roller sent nothing.' : 'No contact: there is no speed to draw.'}</p>;
  const isByRhythm = summary.plan.profile === 'rhythm';
  return <Plotted session={id} series={series.value} cues={cues.value?.cues ?? []} config={summary.origin.config} isByRhythm={isByRhythm} />;
}

interface Props {
  readonly session: string;
  readonly series: Series;
  readonly cues: readonly KeptCue[];
  readonly config: Readonly<Record<string, number>>;
  readonly isByRhythm: boolean;
}

function Plotted({ session, series, cues, config, isByRhythm }: Props): JSX.Element {
  const { units } = settings.value;
  const [index, setIndex] = useState<number | null>(null);
  const lines = useMemo(() => {
    const toUnits = (speeds: Speeds): Speeds => speeds.map((speed) => (speed === null ? null : speedIn(units, speed)));
    const judged = series.stepS <= FINE_S ? judgedSpeeds(series, judgingOf(config)) : null;
    return { speeds: toUnits(speedsOf(series)), judged: judged === null ? null : toUnits(judged) };
  }, [series, config, units]);
  const green = [speedIn(units, config['speedGreenMinCmS'] ?? 1), speedIn(units, config['speedGreenMaxCmS'] ?? 5)] as const;
  const stretches = series.stretches.map(({ group, side, startS, endS }): PlottedStretch => ({
    muscle: GROUPS[group].name,
    side: group === 'unknown' ? '' : sideText(side),
    startS,
    endS,
    limit: isByRhythm ? null : speedIn(units, config[`${group}WarnCmS`] ?? GROUPS[group].warnCmS),
    band: GROUPS[group].hold || isByRhythm ? null : green,
  }));
  const unit = SPEED_UNIT[units];
  const moment = (at: number): string => {
    const tS = series.tS[at] ?? 0;
    const shown = lines.judged?.[at] ?? lines.speeds[at] ?? null;
    const stretch = stretches.find(({ startS, endS }) => tS > startS && tS <= endS);
    const said = cues.filter((cue) => Math.abs(cue.tS - tS) <= 1).map(({ kind }) => cueWord(kind));
    const speed = lines.speeds[at] === null ? 'no contact' : `${numberText(shown, 1)} ${unit}`;
    const written = series.markers.filter((marker) => Math.abs(marker.tS - tS) <= 1).map(({ text }) => text);
    return [clockText(tS), speed, stretch?.muscle, stretch?.side, ...said.map((word) => `\u201c${word}\u201d`), ...written].filter(Boolean).join(' \u00b7 ');
  };
  const kinds = [...new Set(cues.map(({ kind }) => kind))];
  return (
    <div class="speed-space">
      <SpeedPlot
        {...lines}
        unit={unit}
        endS={series.tS.at(-1) ?? 0}
        stretches={stretches}
        marks={cues.map(({ tS, kind, level }) => ({ tS, letter: CUE_LETTERS[kind], isStrong: level === 2 }))}
        atS={index === null ? null : (series.tS[index] ?? null)}
        onPoint={(tS) => setIndex(Math.max(0, Math.round(tS / series.stepS) - 1))}
      />
      <p class="speed-moment">
        {index === null ? 'Tap the plot, or move the handle, to read a moment' : <>{moment(index)} · <PlayFrom session={session} tS={series.tS[index] ?? 0}>play from here</PlayFrom></>}
      </p>
      <input
        class="speed-handle"
        type="range"
        min="0"
        max={series.tS.length - 1}
        step="1"
        value={index ?? 0}
        aria-label="Moment of the session"
        aria-valuetext={moment(index ?? 0)}
        onInput={(event) => setIndex(Number(event.currentTarget.value))}
      />
      <ul class="legend">
        {lines.judged !== null && <li><i class="key-line" />mean of {numberText(judgingOf(config).windowS)} s, which is judged</li>}
        <li><i class={lines.judged === null ? 'key-line' : 'key-faint'} />{lines.judged === null ? `fastest in each ${numberText(series.stepS, 1)} s` : 'moment by moment'}</li>
        {stretches.some(({ limit }) => limit !== null) && <li><i class="key-limit" />limit</li>}
        {stretches.some(({ band }) => band !== null) && <li><i class="key-band" />green band</li>}
        {series.markers.map(({ tS, text }) => <li key={`${tS} ${text}`}><b class="cue-letter">{clockText(tS)}</b><bdi>{text}</bdi></li>)}
        {kinds.map((kind) => <li key={kind}><b class="cue-letter">{CUE_LETTERS[kind]}</b>{cueWord(kind)}</li>)}
      </ul>
    </div>
  );
}
