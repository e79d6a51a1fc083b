package dev.sallyport.resources.kinds.own;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of the group sallyport.dev. */
public final class OwnKinds {

  private OwnKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("sallyport.dev", "CredentialRevocation", new CredentialRevocationStrategy());
  }
}
