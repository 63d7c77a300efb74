/** Options shared by commands. */
package org.atelier.cli.options;
