/** The files of {@code config/}, read as UTF-8. */
package org.atelier.configuration;
