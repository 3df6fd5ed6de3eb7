/** Version of the semantics that this engine computes; a decision names it and is replayed under it. */
export const ENGINE_VERSION = '1.0.0';
