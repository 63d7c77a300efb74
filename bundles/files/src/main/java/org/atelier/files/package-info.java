/** Files that outlive a crash: whole or absent, and journals. */
package org.atelier.files;
