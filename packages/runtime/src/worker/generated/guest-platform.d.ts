/** Body of a function that takes the bridge as `$0` and returns `{ internals, receive }`. */
export declare const GUEST_PLATFORM: string;
