/** What a node of the table does with its children (or, for a test, with its fact). */
export const NODE_TEST = 0;
export const NODE_ALL = 1;
export const NODE_ANY = 2;
export const NODE_NOT = 3;
export const NODE_AT_LEAST = 4;
/** A condition whose source begins or ends while the policy is in force: its child, as long as the source is. */
export const NODE_CONDITION = 5;
/** Whether a source is in force. */
export const NODE_SOURCE = 6;
