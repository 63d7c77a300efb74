/** The demonstration: commands that show every part of Atelier, and a page of their results. */
package org.atelier.cli.demo;
