/** Pictures that are control pictures already. */
package org.atelier.control.picture;
