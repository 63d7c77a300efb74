package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JobOptionsTest {

    @Test
    void optionsAreReadInAnyOrder() {
        assertEquals(
                new JobOptions("campaign.yaml", "s3a://bucket/spring", null, 4, 8),
                parse("--threads", "4", "campaign.yaml", "--out=s3a://bucket/spring", "--images-per-slice", "8"));
    }

    @Test
    void oneErrorListsEveryFault() {
        JobException fault = assertThrows(JobException.class, () -> parse("--thraeds", "4", "--images-per-slice", "0"));

        assertEquals(
                "Unknown option '--thraeds'.\n"
                        + "--images-per-slice takes a number from 1, not '0'.\n"
                        + "The campaign file is missing.\n"
                        + "--out is missing: the folder of the batch, such as s3a://bucket/spring.\n"
                        + JobOptions.USAGE,
                fault.getMessage());
        assertEquals(
                "--out needs a value.\n" + JobOptions.USAGE,
                assertThrows(JobException.class, () -> parse("campaign.yaml", "--out="))
                        .getMessage());
    }

    private static JobOptions parse(String... arguments) {
        return JobOptions.parse(arguments);
    }
}
