/** Terminal output: tables, progress, exit codes. */
package org.atelier.cli.terminal;
