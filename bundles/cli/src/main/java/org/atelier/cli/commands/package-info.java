/** The commands. */
package org.atelier.cli.commands;
