/** The command {@code worker}: generates what another program asks for, line by line. */
package org.atelier.cli.worker;
