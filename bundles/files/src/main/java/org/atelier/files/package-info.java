/** Crash-safe files: atomic writes and journals. */
package org.atelier.files;
