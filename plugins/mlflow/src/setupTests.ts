import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';

expect.extend(toHaveNoViolations);

// A whole wizard in jsdom takes seconds on a machine that does other work too.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out, so it has nothing to scroll.
window.scrollTo = () => {};
