/** The version of this program; a test holds it equal to package.json's. */
export const droverVersion = '0.4.0';
