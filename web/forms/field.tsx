import { Input } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Currency } from '../../src/domain/basics/index.ts';
import { exactMoney, number, plainMoney } from '../format.ts';
import { Term, type TermName } from '../parts/term.tsx';
import { useWords } from '../words.ts';
import { parseAmount, parseCount } from './parse-amount.ts';

export interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly term?: TermName;
  /** What the field is about, where many fields carry one label: heard, not seen. The field is then part of a choice and not marked as required. */
  readonly about?: string;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-required': boolean | undefined;
}

/** A label above its control, with help and error below it, wired so that they are read together. */
export function Field({
  label,
  help,
  error,
  optional = false,
  term,
  about,
  children,
  echo,
}: FieldProps & { children: (wiring: Wiring) => ReactNode; echo?: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  const described = [error && `${id}-error`, help && `${id}-help`, echo && `${id}-echo`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`field ${error ? 'field-wrong' : ''}`}>
      <div className="field-label">
        <label htmlFor={id}>
          {label}
          {about && <span className="only-heard"> · {about}</span>}
        </label>
        {!about && <span className="field-mark">{t(optional ? 'apply.optional' : 'apply.required')}</span>}
        {term && <Term name={term} />}
      </div>
      {help && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined, 'aria-required': optional ? undefined : true })}
      {echo && !error && (
        <p className="field-echo num" id={`${id}-echo`}>
          {echo}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type Typed = FieldProps & { readonly value: string; readonly onChange: (value: string) => void; readonly onBlur?: () => void };

export function TextField({
  value,
  onChange,
  onBlur,
  autoComplete,
  type = 'text',
  min,
  max,
  ...props
}: Typed & { autoComplete?: string; type?: 'text' | 'date'; min?: string; max?: string }) {
  return (
    <Field {...props}>
      {(wiring) => (
        <Input
          {...wiring}
          type={type}
          value={value}
          {...(min ? { min } : {})}
          {...(max ? { max } : {})}
          {...(autoComplete ? { autoComplete } : {})}
          onChange={(event) => onChange(event.target.value)}
          {...(onBlur ? { onBlur } : {})}
        />
      )}
    </Field>
  );
}

/** An amount as people write it; what was understood is echoed in exact form below. */
export function MoneyField({ value, onChange, onBlur, currency = 'CNY', ...props }: Typed & { currency?: Currency }) {
  const { t, language } = useWords();
  const minor = parseAmount(value, currency);
  const echo =
    minor === null || plainMoney({ currency, minor }).replace(/\.00$/, '') === value.trim()
      ? undefined
      : t('apply.echo', { amount: exactMoney({ currency, minor }, language) });
  return (
    <Field {...props} echo={echo}>
      {(wiring) => (
        <Input
          {...wiring}
          inputMode="text"
          value={value}
          suffix={t('apply.yuan')}
          onChange={(event) => onChange(event.target.value)}
          {...(onBlur ? { onBlur } : {})}
        />
      )}
    </Field>
  );
}

/** A whole number as people write it (`3.5 万`), echoed once it differs from what was typed. */
export function CountField({ value, onChange, onBlur, unit, ...props }: Typed & { unit: string }) {
  const { t } = useWords();
  const count = parseCount(value);
  const echo =
    count === null || number(count) === value.trim() || String(count) === value.trim() ? undefined : t('apply.echo', { amount: `${number(count)} ${unit}` });
  return (
    <Field {...props} echo={echo}>
      {(wiring) => (
        <Input {...wiring} inputMode="text" value={value} suffix={unit} onChange={(event) => onChange(event.target.value)} {...(onBlur ? { onBlur } : {})} />
      )}
    </Field>
  );
}

/** One of a list. The system's own control: it works with every keyboard, phone and screen reader. */
export function ChoiceField<T extends string>({
  value,
  onChange,
  options,
  empty,
  ...props
}: FieldProps & { value: T | ''; onChange: (value: T) => void; options: readonly (readonly [T, string])[]; empty?: string }) {
  return (
    <Field {...props}>
      {(wiring) => (
        <select {...wiring} className="select" value={value} onChange={(event) => onChange(event.target.value as T)}>
          {empty !== undefined && (
            <option value="" disabled>
              {empty}
            </option>
          )}
          {options.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, checked, onChange, term }: { label: string; checked: boolean; onChange: (checked: boolean) => void; term?: TermName }) {
  return (
    <span className="check-line">
      <label className="check">
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} /> {label}
      </label>
      {term && <Term name={term} />}
    </span>
  );
}

/** One of a few answers side by side, as radio buttons. */
export function ChipsField<T extends string>({
  legend,
  value,
  onChange,
  options,
  hideLegend = false,
}: {
  legend: string;
  value: T | null;
  onChange: (value: T) => void;
  options: readonly (readonly [T, string])[];
  hideLegend?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="chips">
      <legend className={hideLegend ? 'only-heard' : ''}>{legend}</legend>
      {options.map(([id, text]) => (
        <label key={id} className={`chip ${value === id ? 'chip-on' : ''}`}>
          <input type="radio" name={name} checked={value === id} onChange={() => onChange(id)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

/** A value that follows `value` after it has rested for `millis`. */
export function useRested<T>(value: T, millis: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return rested;
}
