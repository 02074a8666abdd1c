import { CSSProperties, forwardRef, ReactNode } from 'react';

/** Whoever has no mouse scrolls with the arrow keys, once it has the focus. */
const REACHED_BY_KEYBOARD = { tabIndex: 0 };

/** A part of the page that scrolls by itself. */
export const Scrollable = forwardRef<
  HTMLDivElement,
  {
    /** What lies in it. */
    label: string;
    /** A landmark where there is one of it, else a group. */
    role: 'region' | 'group';
    style?: CSSProperties;
    children: ReactNode;
  }
>(({ label, role, style, children }, ref) => (
  <div
    ref={ref}
    role={role}
    aria-label={label}
    style={{ overflow: 'auto', ...style }}
    {...REACHED_BY_KEYBOARD}
  >
    {children}
  </div>
));
