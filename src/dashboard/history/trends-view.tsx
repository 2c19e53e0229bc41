import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { GROUPS } from '../../guide/groups.ts';
import { SAFETY_NOTE } from '../../guide/cue-words.ts';
import type { Person, Trends } from '../../server/api/schemas.ts';
import { settings } from '../state/settings.ts';
import { getTrends } from './api.ts';
import { chosenPerson } from './chosen-person.ts';
import { countText, numberText, UNKNOWN, weekText } from './format.ts';
import { PersonFilter } from './person-filter.tsx';
import { Problem } from './problem.tsx';
import { lineWords, pointsOf, TREND_MEASURES, type MeasureName, type TrendMeasure } from './trend-measures.ts';
import { TrendPlot } from './trend-plot.tsx';
import { useAnswer } from './use-answer.ts';

type Group = Trends['groups'][number];
const SPANS = [8, 12, 26, 52] as const;

/** How rolling went from week to week, muscle by muscle. */
export function TrendsView({ people }: { readonly people: readonly Person[] }): JSX.Element {
  const [weeks, setWeeks] = useState<number>(SPANS[0]);
  const personId = chosenPerson.value;
  const { value: trends, problem, again } = useAnswer((signal) => getTrends(personId, weeks, signal), [personId, weeks]);
  return (
    <>
      <div class="view-head">
        <h1 tabIndex={-1}>Trends</h1>
        <PersonFilter people={people} />
        <label class="pick">
          <span>Last</span>
          <select value={weeks} onChange={(event) => setWeeks(Number(event.currentTarget.value))}>
            {SPANS.map((span) => <option key={span} value={span}>{span} weeks</option>)}
          </select>
        </label>
      </div>
      {personId === null && people.length > 1 && <p class="soft">Everyone's sessions together: choose a person to see how theirs went.</p>}
      {problem !== null && <Problem problem={problem} again={again} />}
      {trends?.groups.length === 0 && (
        <div class="card empty">
          <h2>Nothing in these weeks</h2>
          <p>A trend takes at least four weeks in which a muscle was rolled; until then each week stands for itself.</p>
        </div>
      )}
      {trends?.groups.toSorted(mostRolledFirst).map((group) => <GroupTrends key={group.group} group={group} weeks={trends.weeks} />)}
      {trends !== null && trends.groups.length > 0 && (
        <p class="safety">
          A line is drawn from four weeks with data on, dashed where its direction does not stand out of the scatter. The last week may not
          be over. {SAFETY_NOTE}
        </p>
      )}
    </>
  );
}

const mostRolledFirst = (a: Group, b: Group): number => b.sessions - a.sessions;

function GroupTrends({ group, weeks }: { readonly group: Group; readonly weeks: Trends['weeks'] }): JSX.Element {
  return (
    <section class="card trends">
      <h2>{GROUPS[group.group].name} <span class="soft">{countText(group.sessions, 'session')}</span></h2>
      <div class="trend-grid">
        {TREND_MEASURES.map((measure) => <Trend key={measure.title} measure={measure} group={group} weeks={weeks} />)}
      </div>
      <details class="fold">
        <summary>The numbers</summary>
        <Numbers group={group} weeks={weeks} />
      </details>
    </section>
  );
}

interface TrendProps {
  readonly measure: TrendMeasure;
  readonly group: Group;
  readonly weeks: Trends['weeks'];
}

function Trend({ measure, group, weeks }: TrendProps): JSX.Element {
  const { units } = settings.value;
  const { title, names, labels, unit, note } = measure;
  const rows = names.map((name) => ({ name, figures: group.weeks.map((week) => week[name]), line: group.lines[name] }));
  const isKnown = rows.some(({ figures }) => pointsOf(figures).length > 0);
  return (
    <figure class="trend">
      <figcaption>{title} <span class="soft">{unit(units)}</span></figcaption>
      {isKnown && <TrendPlot measure={measure} units={units} weeks={weeks.map(({ from }) => from)} rows={rows} />}
      {isKnown && rows.map(({ name, figures, line }, index) => (
        <p key={name} class="trend-words">
          {labels !== undefined && <><i class="trend-key" data-row={index} />{labels[index]}: </>}
          {lineWords(line, pointsOf(figures).length, measure, units)}
        </p>
      ))}
      {isKnown && note !== undefined && <p class="trend-words soft">{note}</p>}
      {!isKnown && <p class="trend-words soft">{unknownWords(names[0], group.group)}</p>}
    </figure>
  );
}

function unknownWords(name: MeasureName | undefined, group: Group['group']): string {
  if (name === 'greenPct' && GROUPS[group].hold) return 'not judged: holding is the technique';
  return name === 'leftRightPct' ? 'never rolled on both sides in a week' : 'nothing known yet';
}

/** Every figure, and of how many sessions it is. */
function Numbers({ group, weeks }: { readonly group: Group; readonly weeks: Trends['weeks'] }): JSX.Element {
  const { units } = settings.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Numbers of ${GROUPS[group.group].name}`}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Week from</th>
            {TREND_MEASURES.flatMap(({ title, names, labels, unit }) =>
              names.map((name, index) => (
                <th key={name} scope="col">{title}{labels === undefined ? '' : `, ${labels[index]}`} {unit(units)}</th>
              )))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ from }, week) => (
            <tr key={from}>
              <th scope="row">{weekText(from)}</th>
              {TREND_MEASURES.flatMap(({ names, shown, digits }) =>
                names.map((name) => {
                  const figure = group.weeks[week]?.[name] ?? null;
                  if (figure === null) return <td key={name}>{UNKNOWN}</td>;
                  return <td key={name}>{numberText(shown(figure.value, units), digits)} <small>n {figure.sessions}</small></td>;
                }))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
