import type { JSX } from 'preact';
import type { AirRoller, RollerView } from '../../server/wire.ts';
import { change, settings } from '../state/settings.ts';
import { air, calmSnapshot, hello, isReplay, notice, roller, say } from '../state/store.ts';
import { choose, claim, isLooking, lookAround, mayCommand, release, standing, watch } from '../state/watching.ts';
import { SignalBars } from '../view/signal-bars.tsx';
import { nameOf, standingText, stateText, strangers } from './rollers-text.ts';
import { Sheet } from './sheet.tsx';
import { openSheet } from './sheets.ts';
import { Switch } from './switch.tsx';

/** Which rollers there are, which of them this screen shows, and whether others may command it. */
export function Rollers(): JSX.Element {
  const rollers = hello.value?.rollers ?? [];
  return (
    <Sheet title="Rollers">
      <div class="rollers">
        {rollers.length === 0 && <p class="advice">None is connected yet.</p>}
        <ul class="roller-list">
          {rollers.map((each) => <Roller key={each.station} shown={each} isWatched={each.station === hello.value?.station} />)}
        </ul>
        <Ownership />
        <Air rollers={rollers} />
        <p class="sheet-news" role="status">{notice.value}</p>
      </div>
    </Sheet>
  );
}

function Roller({ shown, isWatched }: { readonly shown: RollerView; readonly isWatched: boolean }): JSX.Element {
  const { id, name, station, claimedBy } = shown;
  // Of the one that is watched, as of now.
  const { rssiDbm, batteryPct } = (isWatched && calmSnapshot.value) || shown;
  const isOurs = isWatched && standing.value.at === 'ours';
  const isFixed = isReplay.value || !mayCommand.value;
  return (
    <li class="roller-item" aria-current={isWatched ? 'true' : undefined}>
      <h3>{name}{isWatched && <span class="roller-here">on this screen</span>}</h3>
      <p class="roller-facts">
        <span>Place {station}</span>
        <span>{stateText(shown)}</span>
        <SignalBars rssiDbm={rssiDbm} />
        {batteryPct !== null && <span>battery {batteryPct} %</span>}
        {claimedBy !== null && <span class="roller-claim">{isOurs ? 'this screen only' : `${claimedBy} only`}</span>}
      </p>
      <div class="roller-acts">
        {isWatched ? (
          <>
            <button type="button" class="quiet-button" disabled={isFixed} onClick={() => say({ type: 'identify' })}>Let it show itself</button>
            <button type="button" class="quiet-button" disabled={isFixed} onClick={() => openSheet('calibrate')}>Calibrate</button>
          </>
        ) : (
          <button type="button" class="quiet-button" aria-label={`Show ${name} on this screen`} onClick={() => watch(id)}>
            Show on this screen
          </button>
        )}
      </div>
    </li>
  );
}

/** Of use only where somebody else could command too; with one roller on one screen it is a switch nobody needs to touch. */
function Ownership(): JSX.Element {
  const { at } = standing.value;
  const text = standingText(standing.value);
  return (
    <section class="ownership">
      <Switch
        label={`Only this screen commands ${roller.value?.name ?? 'the roller'}`}
        on={at === 'ours'}
        disabled={!mayCommand.value}
        onChange={(on) => (on ? claim() : release())}
      />
      <label class="field">
        <span>This screen is called</span>
        <input
          type="text"
          maxLength={40}
          value={settings.value.label}
          disabled={at === 'ours'}
          onChange={({ currentTarget }) => {
            const label = currentTarget.value.trim();
            if (label === '') currentTarget.value = settings.peek().label;
            else change({ label });
          }}
        />
      </label>
      {text !== null && <p class="advice">{text}</p>}
    </section>
  );
}

function Air({ rollers }: { readonly rollers: readonly RollerView[] }): JSX.Element {
  const found = air.value === null ? null : strangers(air.value, rollers);
  return (
    <section class="air">
      <button type="button" class="quiet-button" aria-disabled={isLooking.value} onClick={() => !isLooking.value && lookAround()}>
        {isLooking.value ? 'Looking around, some seconds' : 'Look around'}
      </button>
      {found !== null && !isLooking.value && (
        <>
          <p class="advice" role="status">{found.length === 0 ? 'Nobody else is in the air.' : `${found.length} more in the air:`}</p>
          <ul class="roller-list">{found.map((each) => <InTheAir key={each.address ?? each.id ?? each.name} found={each} />)}</ul>
        </>
      )}
    </section>
  );
}

function InTheAir({ found }: { readonly found: AirRoller }): JSX.Element {
  const { rssiDbm, batteryPct, known } = found;
  const name = nameOf(found);
  return (
    <li class="roller-item">
      <h3>{name}</h3>
      <p class="roller-facts">
        <span>{known ? 'met before' : 'not met yet'}</span>
        <SignalBars rssiDbm={rssiDbm} />
        {batteryPct !== null && <span>battery {batteryPct} %</span>}
      </p>
      <div class="roller-acts">
        <button type="button" class="quiet-button" aria-label={`Take ${name}`} onClick={() => choose(found)}>Take this one</button>
      </div>
    </li>
  );
}
