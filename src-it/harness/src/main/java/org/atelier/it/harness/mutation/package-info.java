/** Changes of valid inputs, to test readers. */
package org.atelier.it.harness.mutation;
