/**
 * What becomes of CertificateSigningRequests: kubelets' are approved by rules, approved ones are
 * signed by the signers of this cluster, old ones are removed.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">Certificates
 *     and certificate signing requests</a>
 */
@NullMarked
package dev.sallyport.controllers.certificates;

import org.jspecify.annotations.NullMarked;
