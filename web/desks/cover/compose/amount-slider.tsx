import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { Field, MoneyField } from '../../../forms/field.tsx';
import { parseAmount } from '../../../forms/parse-amount.ts';
import { plainMoney } from '../../../format.ts';
import { useWords } from '../../../words.ts';

const text = (minor: number): string => plainMoney({ currency: 'CNY', minor }).replace(/\.00$/, '');

/** The stop next to a value. */
const nearest = (stops: readonly number[], value: number): number =>
  stops.reduce((best, stop, i) => (Math.abs(stop - value) < Math.abs(stops[best]! - value) ? i : best), 0);

function Slider({
  label,
  stops,
  value,
  say,
  onChange,
}: {
  label: string;
  stops: readonly number[];
  value: number;
  say: (value: number) => string;
  onChange: (value: number) => void;
}) {
  const { t } = useWords();
  return (
    <input
      type="range"
      className="slider"
      aria-label={t('cover.compose.slide', { label })}
      aria-valuetext={say(value)}
      min={0}
      max={stops.length - 1}
      step={1}
      value={nearest(stops, value)}
      onChange={(event) => onChange(stops[Number(event.target.value)]!)}
    />
  );
}

interface AmountProps {
  readonly label: string;
  readonly about?: string;
  readonly minor: number;
  readonly stops: readonly number[];
  readonly least: number;
  readonly most?: number;
  readonly term?: 'limit' | 'retention' | 'subLimit';
  readonly note?: string | undefined;
  readonly onChange: (minor: number) => void;
}

/** An amount by slider and by hand: typed freely, taken over as soon as it can be read and lies between the bounds, else said why not. */
export function AmountSlider({ label, about, minor, stops, least, most, term, note, onChange }: AmountProps) {
  const { t, short } = useWords();
  const [typed, setTyped] = useState(text(minor));
  useEffect(() => setTyped((before) => (parseAmount(before) === minor ? before : text(minor))), [minor]);
  const read = parseAmount(typed);
  const say = (value: number): string => short({ currency: 'CNY', minor: value });
  const inside = (value: number): boolean => value >= least && (most === undefined || value <= most);
  const error =
    read === null
      ? t('apply.badAmount')
      : inside(read)
        ? undefined
        : most === undefined
          ? t('cover.compose.atLeast', { least: say(least) })
          : t('cover.compose.between', { least: say(least), most: say(most) });
  const change = (next: string) => {
    setTyped(next);
    const value = parseAmount(next);
    if (value !== null && inside(value)) onChange(value);
  };
  return (
    <div className="amount-slider">
      <MoneyField label={label} {...(about ? { about } : {})} {...(term ? { term } : {})} value={typed} onChange={change} error={error} />
      <Slider label={about ? `${label} · ${about}` : label} stops={stops.filter(inside)} value={minor} say={say} onChange={onChange} />
      {note && <p className="bite">{note}</p>}
    </div>
  );
}

const waitingStops = [0, 1, 2, 4, 6, 8, 12, 24, 48, 72, 120];
const longestWaitingHours = 720;

/** Hours of a waiting period, by slider and by hand. */
export function WaitingSlider({
  about,
  hours,
  note,
  onChange,
}: {
  about: string;
  hours: number;
  note?: string | undefined;
  onChange: (hours: number) => void;
}) {
  const { t } = useWords();
  const [typed, setTyped] = useState(String(hours));
  useEffect(() => setTyped((before) => (Number(before) === hours && before !== '' ? before : String(hours))), [hours]);
  const inside = (value: number): boolean => Number.isFinite(value) && value >= 0 && value <= longestWaitingHours;
  const error = typed.trim() !== '' && inside(Number(typed)) ? undefined : t('cover.compose.hoursBetween', { least: 0, most: longestWaitingHours });
  const change = (next: string) => {
    setTyped(next);
    if (next.trim() !== '' && inside(Number(next))) onChange(Number(next));
  };
  return (
    <div className="amount-slider">
      <Field label={t('apply.waiting')} about={about} error={error}>
        {(wiring) => <Input {...wiring} inputMode="decimal" value={typed} suffix={t('apply.hours')} onChange={(event) => change(event.target.value)} />}
      </Field>
      <Slider
        label={`${t('apply.waiting')} · ${about}`}
        stops={waitingStops}
        value={hours}
        say={(value) => `${value} ${t('apply.hours')}`}
        onChange={onChange}
      />
      {note && <p className="bite">{note}</p>}
    </div>
  );
}
