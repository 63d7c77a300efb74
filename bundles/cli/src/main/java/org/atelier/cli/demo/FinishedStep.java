package org.atelier.cli.demo;

import java.time.Duration;

/**
 * A command of the demonstration that succeeded.
 *
 * @param step the command
 * @param duration how long it took
 * @param output what it printed on standard output
 */
record FinishedStep(DemoStep step, Duration duration, String output) {}
