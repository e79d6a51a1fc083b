package dev.sallyport.resources.kinds.admissionregistration;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** Which versions of AdmissionReview a webhook understands. */
final class ReviewVersions {

  private static final String KNOWN = "v1, v1beta1";

  private ReviewVersions() {}

  static void check(Field versions) {
    if (versions.size() == 0) {
      versions.required("must specify one of " + KNOWN);
      return;
    }
    Set<String> seen = new HashSet<>();
    versions.each(
        version -> {
          if (!seen.add(version.text())) {
            version.invalid("duplicate version");
          }
          version.is(Names::dns1035Label);
        });
    if (!seen.contains("v1") && !seen.contains("v1beta1")) {
      versions.invalid("must include at least one of " + KNOWN);
    }
  }
}
