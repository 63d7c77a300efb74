/** The services that several commands ask, by subject. */
package org.atelier.cli.services;
