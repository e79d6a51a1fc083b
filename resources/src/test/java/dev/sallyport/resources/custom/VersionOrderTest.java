package dev.sallyport.resources.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VersionOrderTest {

  @Test
  void stableVersionsStandBeforeOthersAndNewOnesBeforeOld() {
    // The example of the documentation on version priority.
    List<String> sorted =
        List.of(
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v10beta3",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "foo1",
            "foo10");
    List<String> versions = new ArrayList<>(sorted);
    Collections.reverse(versions);
    versions.sort(VersionOrder.PREFERRED_FIRST);
    assertEquals(sorted, versions);
  }
}
