package dev.sallyport.authz;

import java.time.Instant;

/**
 * How well roles and bindings of another cluster are known now.
 *
 * @param synced whether all have been read, and every change is heard of
 * @param last when the kind that has been silent the longest was last heard of; {@link
 *     Instant#EPOCH} before all have been
 */
public record RolesContact(boolean synced, Instant last) {

  /** The worse of both. */
  public RolesContact and(RolesContact other) {
    return new RolesContact(synced && other.synced, last.isBefore(other.last) ? last : other.last);
  }
}
