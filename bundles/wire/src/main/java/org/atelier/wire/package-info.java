/** The JSON format of the HTTP interface and of the server record. */
package org.atelier.wire;
