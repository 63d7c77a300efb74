/** Resolves requests completely. */
package org.atelier.studio.resolve;
