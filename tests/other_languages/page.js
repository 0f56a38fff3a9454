// The page of a browser, for libraries that look for one: it asks before it calls another origin.
import { Window } from "happy-dom";

const page = new Window({ url: "http://localhost:3000/" });

Object.defineProperties(globalThis, {
  window: { value: page },
  document: { value: page.document },
  navigator: { value: page.navigator },
  localStorage: { value: page.localStorage },
  fetch: { value: page.fetch.bind(page) },
});
