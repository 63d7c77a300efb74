/** The files of the endpoint in the data folder. */
package org.atelier.web.data;
