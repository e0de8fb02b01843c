import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

/** A button that opens a small panel below it. Closes on Escape, on a click elsewhere and when the focus leaves. */
export function Disclosure({
  label,
  button,
  children,
  className = '',
}: {
  label: string;
  button: ReactNode;
  children: (close: () => void) => ReactNode;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const element = box.current!;
    const shut = () => setOpen(false);
    const outside = (event: Event) => !element.contains(event.target as Node) && shut();
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      shut();
      element.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    element.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      element.removeEventListener('keydown', escape);
    };
  }, [open]);
  return (
    <div className={`disclosure ${className}`} ref={box}>
      <button type="button" className="bar-button" aria-expanded={open} aria-controls={id} aria-label={label} onClick={() => setOpen(!open)}>
        {button}
      </button>
      <div id={id} className="disclosure-panel" hidden={!open}>
        {open && children(() => setOpen(false))}
      </div>
    </div>
  );
}
