/** The secret every test platform shares. */
export const TEST_SECRET = 'a-secret-for-tests-only-0123456789';
/** The database that each test's own is copied from: every context migrated. */
export const TEMPLATE = 'um_template';
