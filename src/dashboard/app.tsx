import type { JSX } from 'preact';
import { HistoryDoor } from './history-door.tsx';
import { isHistory } from './route.ts';
import { Calibrate } from './sheets/calibrate.tsx';
import { Chooser } from './sheets/chooser.tsx';
import { Mark } from './sheets/mark.tsx';
import { Pain } from './sheets/pain.tsx';
import { Rollers } from './sheets/rollers.tsx';
import { SafetyStop } from './sheets/safety-stop.tsx';
import { SettingsSheet } from './sheets/settings-sheet.tsx';
import { sheet, type SheetName } from './sheets/sheets.ts';
import { isReplay, notice, playback, sessionState } from './state/store.ts';
import { mayCommand } from './state/watching.ts';
import { Transport } from './transport/transport.tsx';
import { DoseRing } from './view/dose-ring.tsx';
import { Ended } from './view/ended.tsx';
import { Floor } from './view/floor.tsx';
import { Header } from './view/header.tsx';
import { MessageView } from './view/message-view.tsx';
import { NotOurs } from './view/not-ours.tsx';
import { PathStrip } from './view/path-strip.tsx';
import { DwellPlate, LoadPlate } from './view/plates.tsx';
import { SpeedBar } from './view/speed-bar.tsx';
import { Trace } from './view/trace.tsx';

const SHEETS: Readonly<Record<SheetName, () => JSX.Element>> = {
  chooser: Chooser, pain: Pain, settings: SettingsSheet, calibrate: Calibrate, rollers: Rollers, mark: Mark,
};

export function App(): JSX.Element {
  // Of a recording, too, it is shown; but there is nobody to confirm it.
  const isStopped = sessionState.value === 'safety-stop' && !isReplay.value;
  const OpenSheet = sheet.value === null ? null : SHEETS[sheet.value];
  return (
    <>
      {isHistory.value ? <HistoryDoor /> : <Rolling />}
      {OpenSheet !== null && !isStopped && <OpenSheet />}
      {isStopped && <SafetyStop />}
    </>
  );
}

/** The screen of who rolls. */
function Rolling(): JSX.Element {
  return (
    <div class="screen">
      <Header />
      {notice.value !== null && <aside class="notice" aria-label="News">{notice.value}</aside>}
      {sessionState.value === 'stopped' ? <Ended /> : <Live />}
      <Base />
    </div>
  );
}

/** What can be done: nothing yet, where a recording is about to be played. */
function Base(): JSX.Element | null {
  if (playback.value !== null) return <Transport state={playback.value} />;
  if (isReplay.value) return null;
  return mayCommand.value ? <Floor /> : <NotOurs />;
}

/** What to do on one side, how it goes on the other; one below the other where the screen is upright. */
function Live(): JSX.Element {
  return (
    <main class="live">
      <div class="live-do">
        <MessageView />
        <SpeedBar />
        <PathStrip />
      </div>
      <div class="live-how">
        <DoseRing />
        <DwellPlate />
        <LoadPlate />
        <Trace />
      </div>
    </main>
  );
}
