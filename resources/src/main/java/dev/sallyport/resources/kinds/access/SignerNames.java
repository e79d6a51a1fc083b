package dev.sallyport.resources.kinds.access;

import dev.sallyport.api.Quoted;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.util.ArrayList;
import java.util.List;

/** The shape of signers' names: a domain of two labels or more, a slash, a path of subdomains. */
final class SignerNames {

  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST = LONGEST_DOMAIN + 1 + 253 + 1 + 63;

  private SignerNames() {}

  static void check(String field, String name, Faults faults) {
    if (name.isEmpty()) {
      faults.required(field, "");
      return;
    }
    List<String> segments = split(name, '/');
    if (segments.size() != 2) {
      faults.invalid(
          field,
          name,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    domain(field, segments.get(0), faults);
    String path = segments.get(1);
    for (String label : split(path, '.')) {
      if (invalid(field, path, label, Names.subdomain(label), faults)) {
        break;
      }
    }
    if (name.length() > LONGEST) {
      faults.tooLong(field, LONGEST);
    }
  }

  private static void domain(String field, String domain, Faults faults) {
    if (domain.length() > LONGEST_DOMAIN) {
      faults.tooLong(field, LONGEST_DOMAIN);
    }
    List<String> labels = split(domain, '.');
    for (String label : labels) {
      if (invalid(field, domain, label, Names.label(label), faults)) {
        break;
      }
    }
    if (labels.size() < 2) {
      faults.invalid(
          field, domain, "should be a domain with at least two segments separated by dots");
    }
  }

  private static boolean invalid(
      String field, String segment, String label, List<String> why, Faults faults) {
    for (String fault : why) {
      faults.invalid(field, segment, "validating label " + Quoted.of(label) + ": " + fault);
    }
    return !why.isEmpty();
  }

  private static List<String> split(String text, char at) {
    List<String> parts = new ArrayList<>(3);
    int start = 0;
    for (int end = text.indexOf(at); end >= 0; end = text.indexOf(at, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }
}
