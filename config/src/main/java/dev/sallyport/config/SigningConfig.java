package dev.sallyport.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the cluster's own authority signs with and what it publishes.
 *
 * @param clusterSigning the CA for approved CertificateSigningRequests
 * @param rootCa the bundle put into every namespace's kube-root-ca.crt
 */
public record SigningConfig(Optional<KeyPairFiles> clusterSigning, Optional<Path> rootCa) {}
