import type { StandardSection } from './section.ts';

const event: StandardSection = {
  title: 'DOM §2.2 Event',
  cases: {
    'the type is made text, the flags are off by default': `
      const event = new Event(12);
      same([event.type, event.bubbles, event.cancelable, event.composed], ['12', false, false, false]);`,
    'the flags are what the options say': `
      const event = new Event('x', { bubbles: 1, cancelable: 'yes', composed: true });
      same([event.bubbles, event.cancelable, event.composed], [true, true, true]);`,
    'a missing type is a TypeError': 'throws(TypeError, () => new Event());',
    'options that are no object are a TypeError': `throws(TypeError, () => new Event('x', 1));`,
    'before it is dispatched it has no target and no phase': `
      const event = new Event('x');
      same([event.target, event.currentTarget, event.eventPhase, event.isTrusted], [null, null, 0, false]);`,
    'preventDefault counts only when cancelable': `
      const event = new Event('x'); event.preventDefault(); same(event.defaultPrevented, false);
      const other = new Event('x', { cancelable: true }); other.preventDefault(); same(other.defaultPrevented, true);`,
    'timeStamp is a number that does not go back': `
      const first = new Event('x').timeStamp; const second = new Event('x').timeStamp;
      ok(typeof first === 'number' && second >= first);`,
    'the phases are constants of the class and of instances': `
      same([Event.NONE, Event.CAPTURING_PHASE, Event.AT_TARGET, Event.BUBBLING_PHASE], [0, 1, 2, 3]);
      same(new Event('x').AT_TARGET, 2);`,
    'composedPath is the target while it is dispatched, and empty otherwise': `
      const target = new EventTarget(); let path; target.addEventListener('x', (e) => { path = e.composedPath(); });
      const event = new Event('x'); same(event.composedPath(), []); target.dispatchEvent(event);
      same(path.length, 1); ok(path[0] === target); same(event.composedPath(), []);`,
    'legacy members: returnValue, cancelBubble and srcElement': `
      const event = new Event('x', { cancelable: true }); const target = new EventTarget();
      same([event.returnValue, event.cancelBubble, event.srcElement], [true, false, null]);
      event.returnValue = false; same([event.defaultPrevented, event.returnValue], [true, false]);
      event.cancelBubble = true; same(event.cancelBubble, true);
      target.dispatchEvent(event); ok(event.srcElement === target);`,
    'has a string tag': `same(Object.prototype.toString.call(new Event('x')), '[object Event]');`,
  },
  notSupported: { initEvent: 'set a type with the constructor' },
};

const customEvent: StandardSection = {
  title: 'DOM §2.4 CustomEvent',
  cases: {
    'is an Event with a detail, null by default': `
      const detail = {}; const event = new CustomEvent('x', { detail, cancelable: true });
      ok(event instanceof Event && event.detail === detail && event.cancelable); same(new CustomEvent('x').detail, null);`,
    'goes through an EventTarget': `
      const target = new EventTarget(); let seen; target.addEventListener('x', (event) => { seen = event.detail; });
      target.dispatchEvent(new CustomEvent('x', { detail: 5 })); same(seen, 5);`,
  },
};

const eventTarget: StandardSection = {
  title: 'DOM §2.7 EventTarget',
  cases: {
    'listeners are called in the order in which they were added': `
      const target = new EventTarget(); const seen = [];
      target.addEventListener('x', () => seen.push(1)); target.addEventListener('x', () => seen.push(2));
      same(target.dispatchEvent(new Event('x')), true); same(seen, [1, 2]);`,
    'a listener has the target as this, the event has it as target and currentTarget': `
      const target = new EventTarget(); const seen = [];
      target.addEventListener('x', function (event) { seen.push(this === target, event.target === target, event.currentTarget === target, event.eventPhase); });
      const event = new Event('x'); target.dispatchEvent(event);
      same(seen, [true, true, true, 2]); ok(event.target === target); same([event.currentTarget, event.eventPhase], [null, 0]);`,
    'an object with handleEvent is a listener, looked up at each event': `
      const target = new EventTarget(); const seen = []; const listener = { handleEvent() { seen.push(1); } };
      target.addEventListener('x', listener); target.dispatchEvent(new Event('x'));
      listener.handleEvent = function () { seen.push(this === listener); }; target.dispatchEvent(new Event('x'));
      same(seen, [1, true]);`,
    'the same listener is added once, with and without capture it is two': `
      const target = new EventTarget(); let count = 0; const listener = () => { count += 1; };
      target.addEventListener('x', listener); target.addEventListener('x', listener, { once: true }); target.addEventListener('x', listener, true);
      target.dispatchEvent(new Event('x')); same(count, 2);`,
    'removeEventListener looks at capture': `
      const target = new EventTarget(); let count = 0; const listener = () => { count += 1; };
      target.addEventListener('x', listener, { capture: true }); target.removeEventListener('x', listener);
      target.dispatchEvent(new Event('x')); same(count, 1);
      target.removeEventListener('x', listener, true); target.dispatchEvent(new Event('x')); same(count, 1);`,
    'once: called once, even when it dispatches again': `
      const target = new EventTarget(); let count = 0;
      target.addEventListener('x', () => { count += 1; target.dispatchEvent(new Event('x')); }, { once: true });
      target.dispatchEvent(new Event('x')); same(count, 1);`,
    'passive: preventDefault does nothing': `
      const target = new EventTarget(); target.addEventListener('x', (event) => event.preventDefault(), { passive: true });
      same(target.dispatchEvent(new Event('x', { cancelable: true })), true);`,
    'dispatchEvent answers false when the event was cancelled': `
      const target = new EventTarget(); target.addEventListener('x', (event) => event.preventDefault());
      same(target.dispatchEvent(new Event('x', { cancelable: true })), false);`,
    'stopImmediatePropagation keeps the listeners after it from being called': `
      const target = new EventTarget(); const seen = [];
      target.addEventListener('x', (event) => { seen.push(1); event.stopImmediatePropagation(); }); target.addEventListener('x', () => seen.push(2));
      target.dispatchEvent(new Event('x')); same(seen, [1]);`,
    'stopPropagation lets the listeners of the same target run': `
      const target = new EventTarget(); const seen = [];
      target.addEventListener('x', (event) => { seen.push(1); event.stopPropagation(); }); target.addEventListener('x', () => seen.push(2));
      target.dispatchEvent(new Event('x')); same(seen, [1, 2]);`,
    'a listener that was removed during the event is not called, one that was added is not either': `
      const target = new EventTarget(); const seen = []; const late = () => seen.push('late'); const gone = () => seen.push('gone');
      target.addEventListener('x', () => { target.removeEventListener('x', gone); target.addEventListener('x', late); });
      target.addEventListener('x', gone); target.dispatchEvent(new Event('x')); same(seen, []);`,
    'a listener that throws does not stop the others': `
      const target = new EventTarget(); let called = false;
      target.addEventListener('x', () => { throw new Error('expected by the test'); }); target.addEventListener('x', () => { called = true; });
      same(target.dispatchEvent(new Event('x')), true); ok(called);`,
    'signal: aborting removes the listener, an aborted one never adds it': `
      const target = new EventTarget(); let count = 0; const controller = new AbortController();
      target.addEventListener('x', () => { count += 1; }, { signal: controller.signal });
      target.addEventListener('x', () => { count += 1; }, { signal: AbortSignal.abort() });
      target.dispatchEvent(new Event('x')); controller.abort(); target.dispatchEvent(new Event('x')); same(count, 1);`,
    'signal: null is a TypeError': `throws(TypeError, () => new EventTarget().addEventListener('x', () => {}, { signal: null }));`,
    'a null listener is ignored': `const target = new EventTarget(); target.addEventListener('x', null); target.removeEventListener('x', null); ok(target.dispatchEvent(new Event('x')));`,
    'a listener that is neither function nor object is a TypeError': `throws(TypeError, () => new EventTarget().addEventListener('x', 1));`,
    'an event that is being dispatched cannot be dispatched again': `
      const target = new EventTarget(); let thrown; target.addEventListener('x', (event) => { thrown = throws('InvalidStateError', () => target.dispatchEvent(event)); });
      target.dispatchEvent(new Event('x')); ok(thrown);`,
    'what is no event is a TypeError': `throws(TypeError, () => new EventTarget().dispatchEvent({ type: 'x' })); throws(TypeError, () => new EventTarget().dispatchEvent(null));`,
    'classes can extend it': `
      class Mine extends EventTarget {} const mine = new Mine(); let seen; mine.addEventListener('x', (event) => { seen = event.target; });
      mine.dispatchEvent(new Event('x')); ok(seen === mine);`,
  },
};

const abortController: StandardSection = {
  title: 'DOM §3.1 AbortController',
  cases: {
    'has one signal that is not aborted': `
      const controller = new AbortController(); ok(controller.signal === controller.signal && controller.signal instanceof AbortSignal);
      same([controller.signal.aborted, controller.signal.reason], [false, undefined]);`,
    'abort gives an AbortError as reason by default': `
      const { signal, ...rest } = { signal: (() => { const c = new AbortController(); c.abort(); return c.signal; })() };
      ok(signal.aborted && signal.reason instanceof DOMException); same([signal.reason.name, signal.reason.code], ['AbortError', 20]);`,
    'abort takes any reason, null included; the first stays': `
      const controller = new AbortController(); controller.abort(null); controller.abort('later'); same(controller.signal.reason, null);`,
    'abort(undefined) is abort()': `const controller = new AbortController(); controller.abort(undefined); same(controller.signal.reason.name, 'AbortError');`,
    'the event abort is fired once, with the signal as target, and is neither trusted by script nor cancelable': `
      const controller = new AbortController(); const seen = [];
      controller.signal.addEventListener('abort', (event) => seen.push(event.type, event.target === controller.signal, event.cancelable, event.bubbles));
      controller.abort(); controller.abort(); same(seen, ['abort', true, false, false]);`,
  },
};

const abortSignal: StandardSection = {
  title: 'DOM §3.2 AbortSignal',
  cases: {
    'cannot be constructed': 'throws(TypeError, () => new AbortSignal());',
    'onabort is called in the place where it was first set, and null takes it off': `
      const controller = new AbortController(); const { signal } = controller; const seen = [];
      same(signal.onabort, null); signal.onabort = () => seen.push('old'); signal.addEventListener('abort', () => seen.push('listener'));
      signal.onabort = () => seen.push('handler'); controller.abort(); same(seen, ['handler', 'listener']);
      const other = new AbortController(); other.signal.onabort = () => seen.push('no'); other.signal.onabort = null; other.abort(); same(seen.length, 2);`,
    'throwIfAborted throws the reason itself': `
      const reason = {}; const signal = AbortSignal.abort(reason); let thrown; try { signal.throwIfAborted(); } catch (error) { thrown = error; }
      ok(thrown === reason); same(new AbortController().signal.throwIfAborted(), undefined);`,
    'AbortSignal.abort is aborted from the start and fires nothing': `
      const signal = AbortSignal.abort(); let fired = false; signal.onabort = () => { fired = true; };
      await pause(1); ok(signal.aborted && !fired); same(signal.reason.name, 'AbortError');`,
    'AbortSignal.timeout ends with a TimeoutError': `
      const signal = AbortSignal.timeout(5); same(signal.aborted, false); await new Promise((resolve) => { signal.onabort = resolve; });
      ok(signal.reason instanceof DOMException); same([signal.reason.name, signal.reason.code], ['TimeoutError', 23]);`,
    'AbortSignal.timeout of a negative or endless time is a TypeError': `
      throws(TypeError, () => AbortSignal.timeout(-1)); throws(TypeError, () => AbortSignal.timeout(Infinity)); throws(TypeError, () => AbortSignal.timeout(NaN));`,
    'AbortSignal.any follows the first that aborts, with its reason': `
      const [a, b] = [new AbortController(), new AbortController()]; const any = AbortSignal.any([a.signal, b.signal]);
      same(any.aborted, false); b.abort('b'); a.abort('a'); same([any.aborted, any.reason], [true, 'b']);`,
    'AbortSignal.any of an aborted one is aborted; of none never': `
      same(AbortSignal.any([new AbortController().signal, AbortSignal.abort(7)]).reason, 7); same(AbortSignal.any([]).aborted, false);`,
    'AbortSignal.any takes any iterable and nothing but signals': `
      ok(AbortSignal.any(new Set([AbortSignal.abort()])).aborted); throws(TypeError, () => AbortSignal.any([{}])); throws(TypeError, () => AbortSignal.any(1));`,
    'AbortSignal.any of a combined signal follows its sources; the dependent is aborted before listeners run': `
      const controller = new AbortController(); const first = AbortSignal.any([controller.signal]); const second = AbortSignal.any([first]); let seen;
      controller.signal.addEventListener('abort', () => { seen = [first.aborted, second.aborted]; });
      controller.abort(); same(seen, [true, true]);`,
    'the event of the source comes before that of the dependent': `
      const controller = new AbortController(); const any = AbortSignal.any([controller.signal]); const seen = [];
      any.addEventListener('abort', () => seen.push('any')); controller.signal.addEventListener('abort', () => seen.push('source'));
      controller.abort(); same(seen, ['source', 'any']);`,
    'aborting inside a listener of the same signal does nothing more': `
      const controller = new AbortController(); let count = 0; controller.signal.addEventListener('abort', () => { count += 1; controller.abort(); });
      controller.abort(); same(count, 1);`,
  },
};

const domException: StandardSection = {
  title: 'Web IDL §2.8.1 DOMException',
  cases: {
    'name and message are empty but for Error': `const e = new DOMException(); same([e.name, e.message, e.code], ['Error', '', 0]);`,
    'legacy codes go with their names': `
      const codes = { IndexSizeError: 1, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12, SecurityError: 18, NetworkError: 19, AbortError: 20, TimeoutError: 23, DataCloneError: 25, EncodingError: 0 };
      for (const [name, code] of Object.entries(codes)) same(new DOMException('', name).code, code, name);`,
    'is an Error with a stack': `const e = new DOMException('m', 'AbortError'); ok(e instanceof Error && typeof e.stack === 'string'); same(String(e), 'AbortError: m');`,
    'constants of the legacy codes': `same([DOMException.ABORT_ERR, DOMException.DATA_CLONE_ERR, DOMException.INDEX_SIZE_ERR, new DOMException().TIMEOUT_ERR], [20, 25, 1, 23]);`,
    'name, message and code are accessors of the prototype': `
      for (const key of ['name', 'message', 'code']) ok(Object.getOwnPropertyDescriptor(DOMException.prototype, key)?.get, key);`,
  },
};

export const DOM_SECTIONS: readonly StandardSection[] = [
  event,
  customEvent,
  eventTarget,
  abortController,
  abortSignal,
  domException,
];
