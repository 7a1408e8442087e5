/** The environment variable that names the file for mocha's counts. */
export const RESULT_VARIABLE = "PRISMA_LEAK_LENS_TEST_RESULT";
