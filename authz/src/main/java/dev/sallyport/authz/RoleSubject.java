package dev.sallyport.authz;

/**
 * Whom a binding gives a role.
 *
 * @param kind "User", "Group" or "ServiceAccount"; any other matches nobody
 * @param namespace a service account's namespace; "" stands for the binding's own
 */
public record RoleSubject(String kind, String namespace, String name) {
  public static final String USER = "User";
  public static final String GROUP = "Group";
  public static final String SERVICE_ACCOUNT = "ServiceAccount";
}
