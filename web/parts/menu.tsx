import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

/** A button that opens a small panel below it. Closes on Escape, on a click elsewhere and when the focus leaves. */
export function Disclosure({ label, button, children, className = '' }: { label: string; button: ReactNode; children: (close: () => void) => ReactNode; className?: string }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  return (
    <div className={`disclosure ${className}`} ref={box} onKeyDown={onKey} onBlur={(event) => event.relatedTarget && !box.current?.contains(event.relatedTarget) && setOpen(false)}>
      <button type="button" className="bar-button" aria-expanded={open} aria-controls={id} aria-label={label} onClick={() => setOpen(!open)}>{button}</button>
      <div id={id} className="disclosure-panel" hidden={!open}>{open && children(() => setOpen(false))}</div>
    </div>
  );
}
