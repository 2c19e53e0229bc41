import type { JSX } from 'preact';
import { HistoryDoor } from './history-door.tsx';
import { isHistory } from './route.ts';
import { Calibrate } from './sheets/calibrate.tsx';
import { Chooser } from './sheets/chooser.tsx';
import { Pain } from './sheets/pain.tsx';
import { SafetyStop } from './sheets/safety-stop.tsx';
import { SettingsSheet } from './sheets/settings-sheet.tsx';
import { sheet, type SheetName } from './sheets/sheets.ts';
import { notice, sessionState } from './state/store.ts';
import { DoseRing } from './view/dose-ring.tsx';
import { Ended } from './view/ended.tsx';
import { Floor } from './view/floor.tsx';
import { Header } from './view/header.tsx';
import { MessageView } from './view/message-view.tsx';
import { PathStrip } from './view/path-strip.tsx';
import { DwellPlate, LoadPlate } from './view/plates.tsx';
import { SpeedBar } from './view/speed-bar.tsx';
import { Trace } from './view/trace.tsx';

const SHEETS: Readonly<Record<SheetName, () => JSX.Element>> = { chooser: Chooser, pain: Pain, settings: SettingsSheet, calibrate: Calibrate };

export function App(): JSX.Element {
  const state = sessionState.value;
  const OpenSheet = sheet.value === null ? null : SHEETS[sheet.value];
  return (
    <>
      {isHistory.value ? <HistoryDoor /> : <Rolling />}
      {OpenSheet !== null && state !== 'safety-stop' && <OpenSheet />}
      {state === 'safety-stop' && <SafetyStop />}
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
      <Floor />
    </div>
  );
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
