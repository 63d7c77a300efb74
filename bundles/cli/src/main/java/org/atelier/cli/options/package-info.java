/** The options that commands share. */
package org.atelier.cli.options;
