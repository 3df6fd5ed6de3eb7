/** Who an operation is for, and so how its caller is known. */
export type Door = 'public' | 'resident' | 'counter' | 'partner' | 'registry' | 'admin';
