import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CALIBRATION_STEPS, type CalibrationStep } from '../../guide/calibration-words.ts';
import type { RollerView } from '../../server/wire.ts';
import { sayAloud } from '../sound/sound.ts';
import { settings } from '../state/settings.ts';
import { calibrations, calmSnapshot, roller, say, session } from '../state/store.ts';
import { faultSentences } from '../view/fault-text.ts';
import { preciseLengthText, type Units } from '../view/units.ts';
import { keptText, newsText, stepsFor } from './calibration-text.ts';
import { MassField, massKgOf, massText } from './mass-field.tsx';
import { Sheet } from './sheet.tsx';

/** Where a person makes force and speed right for their roller, a step at a time; closing it ends the step under way. */
export function Calibrate(): JSX.Element {
  const known = roller.value;
  const shown = calmSnapshot.value;
  const { units } = settings.value;
  useEndOnClose();
  return (
    <Sheet title="Calibrate">
      <div class="calibrate">
        <p class="advice">{known === null ? 'No roller is connected yet.' : aboutText(known, units)}</p>
        {shown !== null && faultSentences(shown, known).map((sentence) => <p key={sentence} class="fault">{sentence}</p>)}
        <Spoken />
        {known !== null && shown !== null && (
          <ol class="steps">
            {stepsFor(known, shown.limits).map((step) => <Step key={step} step={step} known={known} />)}
          </ol>
        )}
        <p class="advice">None is needed to begin with. Your session is paused meanwhile.</p>
      </div>
    </Sheet>
  );
}

function aboutText({ name, texture, tool, radiusCm, nominalRadiusCm }: RollerView, units: Units): string {
  const nominal = nominalRadiusCm === undefined || nominalRadiusCm === radiusCm ? '' : `, ${preciseLengthText(units, nominalRadiusCm)} by its maker`;
  return `${name}, ${texture} ${tool}, radius ${preciseLengthText(units, radiusCm)}${nominal}`;
}

function Step({ step, known }: { readonly step: CalibrationStep; readonly known: RollerView }): JSX.Element {
  const { name, what, gives } = CALIBRATION_STEPS[step];
  const { units } = settings.value;
  const massKg = session.value?.massKg ?? null;
  const [mass, setMass] = useState(massText(massKg));
  const news = calibrations.value[step];
  const isMeasuring = news?.phase === 'measuring';
  const kept = keptText(step, known.calibrated, units);

  const press = (): void => {
    if (isMeasuring) return say({ type: 'calibrate', step: null });
    const entered = massKgOf(mass);
    if (step === 'weight' && entered !== null && mass !== massText(massKg)) say({ type: 'mass', massKg: entered });
    say({ type: 'calibrate', step });
  };

  return (
    <li class="step" data-phase={news?.phase}>
      <h3>{name}</h3>
      <p>{what}</p>
      {step === 'weight' && <MassField label="Your weight" mass={mass} onInput={setMass} />}
      {news === undefined ? <p class="advice">{gives}</p> : <p class="step-news">{newsText(news, units)}</p>}
      {isMeasuring && <progress max={1} value={news.progress} aria-label={`${name}: how far it is`} />}
      {kept !== null && <p class="advice">{kept}</p>}
      <button type="button" class="quiet-button" onClick={press} aria-label={`${isMeasuring ? 'Cancel' : 'Start'}: ${name}`}>
        {isMeasuring ? 'Cancel' : news === undefined && kept === null ? 'Start' : 'Start again'}
      </button>
    </li>
  );
}

/** For those who lie face down, or do not see: what has changed, in one sentence, never the running progress. */
function Spoken(): JSX.Element {
  const { units } = settings.value;
  const texts = Object.values(calibrations.value).map((news) => newsText(news, units));
  const before = useRef(texts);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const fresh = texts.find((text) => !before.current.includes(text));
    before.current = texts;
    if (fresh === undefined) return;
    setSaid(fresh);
    sayAloud(fresh, fresh.startsWith('Done'));
  }, [texts.join()]);
  return <p class="unseen" role="status">{said}</p>;
}

function useEndOnClose(): void {
  useEffect(() => () => {
    if (Object.values(calibrations.peek()).some(({ phase }) => phase === 'measuring')) say({ type: 'calibrate', step: null });
  }, []);
}
