/** Output on a terminal: tables, progress, exit codes. */
package org.atelier.cli.terminal;
