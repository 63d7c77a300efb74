/** Many sets, one after the other. */
package org.atelier.batch;
