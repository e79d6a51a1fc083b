package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which alternative names an authority may certify: DNS names, mail addresses, URIs and IP
 * addresses. A subject's CN is not bound, as in Go.
 *
 * @param permitted if any of a name's kind are here, one must match
 * @param excluded none may match
 * @param understood false when a constraint of another kind was found
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, 4.2.1.10</a>
 */
record NameConstraints(
    List<GeneralName> permitted, List<GeneralName> excluded, boolean understood) {

  static final NameConstraints NONE = new NameConstraints(List.of(), List.of(), true);

  /**
   * @param extension the extension's content, or null without one
   */
  static NameConstraints parse(byte @Nullable [] extension) throws DerException {
    if (extension == null) {
      return NONE;
    }
    DerReader reader = DerReader.of(extension).enter(Tag.SEQUENCE);
    List<GeneralName> permitted = List.of();
    List<GeneralName> excluded = List.of();
    if (reader.peekTag() == Tag.contextConstructed(0)) {
      permitted = subtrees(reader.enter(Tag.contextConstructed(0)));
    }
    if (reader.peekTag() == Tag.contextConstructed(1)) {
      excluded = subtrees(reader.enter(Tag.contextConstructed(1)));
    }
    boolean understood =
        permitted.stream().allMatch(GeneralName::known)
            && excluded.stream().allMatch(GeneralName::known);
    return new NameConstraints(permitted, excluded, understood);
  }

  private static List<GeneralName> subtrees(DerReader reader) throws DerException {
    List<GeneralName> names = new ArrayList<>();
    while (reader.hasMore()) {
      names.add(GeneralName.read(reader.enter(Tag.SEQUENCE)));
    }
    return List.copyOf(names);
  }

  boolean isEmpty() {
    return permitted.isEmpty() && excluded.isEmpty();
  }

  /** Whether all names of an alternative-names extension may be certified. */
  boolean allow(byte[] alternativeNames) throws DerException {
    DerReader names = DerReader.of(alternativeNames).enter(Tag.SEQUENCE);
    while (names.hasMore()) {
      if (!allow(GeneralName.read(names))) {
        return false;
      }
    }
    return true;
  }

  private boolean allow(GeneralName name) {
    boolean bound = false;
    boolean matched = false;
    for (GeneralName tree : permitted) {
      if (tree.kind() == name.kind()) {
        bound = true;
        matched |= tree.covers(name);
      }
    }
    if (bound && !matched) {
      return false;
    }
    for (GeneralName tree : excluded) {
      if (tree.kind() == name.kind() && tree.covers(name)) {
        return false;
      }
    }
    return true;
  }
}
