package dev.sallyport.authn.x509;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate's subject says about a user, read from its DER: a printed name can be made to
 * look like another.
 *
 * @param commonName the last CN, or "" without one
 * @param organizations every O in order
 * @param organizationalUnits every OU in order
 * @param uids every user id (Kubernetes' own attribute) in order
 */
record SubjectName(
    String commonName,
    List<String> organizations,
    List<String> organizationalUnits,
    List<String> uids) {
  private static final byte[] COMMON_NAME = Der.oid("2.5.4.3");
  private static final byte[] ORGANIZATION = Der.oid("2.5.4.10");
  private static final byte[] UNIT = Der.oid("2.5.4.11");
  private static final byte[] UID = Der.oid("1.3.6.1.4.1.57683.2");

  /**
   * @param der a Name (RFC 5280, 4.1.2.4)
   */
  static SubjectName parse(byte[] der) throws DerException {
    String commonName = "";
    List<String> organizations = new ArrayList<>();
    List<String> units = new ArrayList<>();
    List<String> uids = new ArrayList<>();
    DerReader parts = DerReader.of(der).enter(Tag.SEQUENCE);
    while (parts.hasMore()) {
      DerReader part = parts.enter(Tag.SET);
      while (part.hasMore()) {
        DerReader attribute = part.enter(Tag.SEQUENCE);
        byte[] type = attribute.readWhole();
        @Nullable String value = DirectoryString.read(attribute);
        if (value == null) {
          continue;
        }
        if (Arrays.equals(type, COMMON_NAME)) {
          commonName = value;
        } else if (Arrays.equals(type, ORGANIZATION)) {
          organizations.add(value);
        } else if (Arrays.equals(type, UNIT)) {
          units.add(value);
        } else if (Arrays.equals(type, UID)) {
          uids.add(value);
        }
      }
    }
    return new SubjectName(
        commonName, List.copyOf(organizations), List.copyOf(units), List.copyOf(uids));
  }
}
