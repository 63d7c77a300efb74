/** Services that several commands use, grouped by subject. */
package org.atelier.cli.services;
