# Golden values for pooling, from metafor on data sets that its documentation names.
#   Rscript tests/golden/metafor.R tests/golden
# writes metafor_data.csv (the studies), metafor_values.csv (one row a case, with the call) and metafor_version.txt.
suppressMessages(library(metafor))
options(digits = 15)
out <- commandArgs(trailingOnly = TRUE)[1]

counts <- function(d, a, n1, c, n2) data.frame(ai = d[[a]], n1i = d[[n1]], ci = d[[c]], n2i = d[[n2]])
bcg <- dat.bcg
tables <- list(
  bcg = data.frame(ai = bcg$tpos, n1i = bcg$tpos + bcg$tneg, ci = bcg$cpos, n2i = bcg$cpos + bcg$cneg),
  collins1985a = counts(dat.collins1985a, "b.xci", "nci", "b.xti", "nti"),
  collins1985b = counts(dat.collins1985b, "pre.xti", "pre.nti", "pre.xci", "pre.nci"),
  egger2001 = counts(dat.egger2001, "ai", "n1i", "ci", "n2i"),
  hine1989 = counts(dat.hine1989, "ai", "n1i", "ci", "n2i"),
  li2007 = counts(dat.li2007, "ai", "n1i", "ci", "n2i"),
  nielweise2007 = counts(dat.nielweise2007, "ai", "n1i", "ci", "n2i"),
  yusuf1985 = counts(subset(dat.yusuf1985, table == "6"), "ai", "n1i", "ci", "n2i")
)
tables <- lapply(tables, function(d) d[complete.cases(d) & d$n1i > 0 & d$n2i > 0, ])
yv <- function(yi, vi) { d <- data.frame(yi = as.numeric(yi), vi = as.numeric(vi)); d[complete.cases(d), ] }
smd <- escalc(measure = "SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)
zcor <- escalc(measure = "ZCOR", ri = ri, ni = ni, data = dat.molloy2014)
estimates <- list(
  normand1999 = yv(smd$yi, smd$vi),
  molloy2014 = yv(zcor$yi, zcor$vi),
  raudenbush1985 = yv(dat.raudenbush1985$yi, dat.raudenbush1985$vi),
  hackshaw1998 = yv(dat.hackshaw1998$yi, dat.hackshaw1998$vi),
  bangertdrowns2004 = yv(dat.bangertdrowns2004$yi, dat.bangertdrowns2004$vi),
  pignon2000 = yv(dat.pignon2000$OmE / dat.pignon2000$V, 1 / dat.pignon2000$V)
)

studies <- NULL
for (name in names(tables)) {
  d <- tables[[name]]
  studies <- rbind(studies, data.frame(dataset = name, study = seq_len(nrow(d)), d, yi = NA, vi = NA))
}
for (name in names(estimates)) {
  d <- estimates[[name]]
  studies <- rbind(studies, data.frame(dataset = name, study = seq_len(nrow(d)), ai = NA, n1i = NA, ci = NA, n2i = NA, d))
}
write.csv(format(studies, digits = 17, trim = TRUE), file.path(out, "metafor_data.csv"), row.names = FALSE, quote = FALSE)

rows <- NULL
keep <- function(dataset, measure, model, weights, tau2, knha, level, fit, call) {
  ratio <- measure %in% c("RR", "OR")
  natural <- function(x) if (ratio) exp(x) else x
  pi <- c(NA, NA)
  if (model == "random" && fit$k >= 2) {
    p <- predict(fit, level = level)
    pi <- natural(c(p$pi.lb, p$pi.ub))
  }
  rows <<- rbind(rows, data.frame(
    dataset = dataset, measure = measure, model = model, weights = weights, tau2_method = tau2, knapp_hartung = knha,
    level = level / 100, k = fit$k, estimate = natural(as.numeric(fit$beta)), low = natural(fit$ci.lb),
    high = natural(fit$ci.ub), se = fit$se, tau2 = if (is.null(fit$tau2)) 0 else fit$tau2, q = fit$QE, q_p = fit$QEp,
    i2 = fit$I2, prediction_low = pi[1], prediction_high = pi[2], first_weight = weights(fit)[1], call = call))
}
one <- function(dataset, measure, d, level) {
  for (method in c("FE", "DL", "PM")) for (test in c("z", "knha")) {
    fit <- rma(d$yi, d$vi, method = method, test = test, level = level, control = list(tol = 1e-14, maxiter = 1000))
    keep(dataset, measure, if (method == "FE") "fixed" else "random", "IV", if (method == "FE") "" else method,
         test == "knha", level, fit,
         sprintf("rma(yi, vi, method=%s, test=%s, level=%g)", method, test, level))
  }
}
for (name in names(tables)) for (measure in c("RR", "OR", "RD")) {
  d <- escalc(measure = measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = tables[[name]])
  one(name, measure, d, 95)
  fit <- rma.mh(measure = measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = tables[[name]], level = 95)
  keep(name, measure, "fixed", "MH", "", FALSE, 95, fit, sprintf("rma.mh(measure=%s, level=95)", measure))
}
for (name in names(estimates)) for (level in c(95, 90)) one(name, "", estimates[[name]], level)
numbers <- vapply(rows, is.numeric, TRUE)
rows[numbers] <- lapply(rows[numbers], function(x) ifelse(is.na(x), "", sprintf("%.17g", x)))
write.csv(rows, file.path(out, "metafor_values.csv"), row.names = FALSE, quote = ncol(rows))
writeLines(c(R.version.string, paste("metafor", packageVersion("metafor")), paste("metadat", packageVersion("metadat"))),
           file.path(out, "metafor_version.txt"))
