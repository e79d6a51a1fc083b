package dev.sallyport.api;

/** User and group names that have a meaning of their own in Kubernetes. */
public final class WellKnown {

  /** Members may do everything; no RBAC rule can take that away. */
  public static final String GROUP_MASTERS = "system:masters";

  public static final String GROUP_AUTHENTICATED = "system:authenticated";
  public static final String GROUP_UNAUTHENTICATED = "system:unauthenticated";
  public static final String USER_ANONYMOUS = "system:anonymous";

  /** The server's own identity for what it does on its own behalf. */
  public static final String USER_APISERVER = "system:apiserver";

  public static final String SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";
  public static final String GROUP_SERVICE_ACCOUNTS = "system:serviceaccounts";
  public static final String EXTRA_CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  private WellKnown() {}
}
