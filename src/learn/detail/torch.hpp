// The part of libtorch that training uses: tensors and operators; autograd comes with them.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
