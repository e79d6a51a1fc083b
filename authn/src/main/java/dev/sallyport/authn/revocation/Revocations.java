package dev.sallyport.authn.revocation;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has been called in, as it stands now. A look-up costs a few table reads however long the
 * list is, and one read while it is empty. Any thread.
 */
public final class Revocations {
  private final Map<String, Revocation> byName = new ConcurrentHashMap<>();
  private final Map<String, List<Revocation>> byCredential = new ConcurrentHashMap<>();
  private final Map<String, List<Revocation>> bySerialNumber = new ConcurrentHashMap<>();
  private final Map<String, List<Revocation>> byUser = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Supplier<RevokedCertificates> lists;

  /** Adds a revocation, or replaces the one of that name. */
  public synchronized void put(Revocation revocation) {
    Revocation old = byName.put(revocation.name(), revocation);
    if (revocation.equals(old)) {
      return;
    }
    // The new one first: what both name is not good for an instant in between.
    add(byCredential, revocation.credentialId(), revocation);
    add(bySerialNumber, revocation.serialNumber(), revocation);
    add(byUser, revocation.user(), revocation);
    drop(old);
    changed();
  }

  /** Forgets the revocation of that name: what it named is good again. */
  public synchronized void remove(String name) {
    drop(byName.remove(name));
  }

  /** Follows certificate revocation lists; {@link #changed} tells of new ones. */
  public void follow(Supplier<RevokedCertificates> certificateLists) {
    this.lists = certificateLists;
  }

  /** Calls {@code listener} whenever something more has been called in, on the caller's thread. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Tells the listeners to look again. */
  public void changed() {
    listeners.forEach(Runnable::run);
  }

  /** Why this credential of this user is not good any more, or null when it is. */
  public @Nullable String refusal(UserInfo user, Credential credential) {
    Supplier<RevokedCertificates> current = lists;
    @Nullable String listed = current == null ? null : current.get().refusal(credential);
    if (listed != null) {
      return listed;
    }
    if (byName.isEmpty()) {
      return null;
    }
    Revocation revocation = find(user, credential);
    return revocation == null
        ? null
        : "the credential is revoked by CredentialRevocation " + revocation.name();
  }

  private @Nullable Revocation find(UserInfo user, Credential credential) {
    Revocation named = first(byCredential.get(credential.id()));
    if (named != null) {
      return named;
    }
    X509Certificate certificate = credential.certificate();
    if (certificate != null && !bySerialNumber.isEmpty()) {
      Revocation serial =
          first(bySerialNumber.get(certificate.getSerialNumber().abs().toString(16)));
      if (serial != null) {
        return serial;
      }
    }
    for (Revocation revocation : byUser.getOrDefault(user.name(), List.of())) {
      if (credential.issuedAt() < revocation.issuedBefore()) {
        return revocation;
      }
    }
    return null;
  }

  private static @Nullable Revocation first(@Nullable List<Revocation> found) {
    return found == null ? null : found.get(0);
  }

  private void drop(@Nullable Revocation old) {
    if (old != null) {
      drop(byCredential, old.credentialId(), old);
      drop(bySerialNumber, old.serialNumber(), old);
      drop(byUser, old.user(), old);
    }
  }

  private static void add(Map<String, List<Revocation>> table, String key, Revocation revocation) {
    if (!key.isEmpty()) {
      table.merge(
          key,
          List.of(revocation),
          (known, more) -> Stream.of(known, more).flatMap(List::stream).toList());
    }
  }

  private static void drop(Map<String, List<Revocation>> table, String key, Revocation revocation) {
    if (!key.isEmpty()) {
      table.computeIfPresent(key, (same, known) -> without(known, revocation));
    }
  }

  private static @Nullable List<Revocation> without(List<Revocation> known, Revocation gone) {
    List<Revocation> kept = known.stream().filter(each -> !each.equals(gone)).toList();
    return kept.isEmpty() ? null : kept;
  }
}
